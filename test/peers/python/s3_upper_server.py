"""S3's socketserver program: a thread for each client; what one recv brings goes back in upper case.

    python3 s3_upper_server.py HOST PORT      (port 0: any free one; it is printed)

S3 waits for ConnectionResetError to notice that a client has left. Where a FIN is read as b'', as S3 itself
says of Linux, its loop would never end, so here it ends at b'' as in S3's other servers.
"""
import socketserver
import sys


class MyTCPHandler(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024).decode():
            self.request.send(data.upper().encode())


address = sys.argv[1], int(sys.argv[2])
with socketserver.ThreadingTCPServer(address, MyTCPHandler) as server:
    print('listening on {}:{}'.format(*server.server_address), flush=True)
    server.serve_forever()
