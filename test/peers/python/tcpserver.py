"""S0's tcpserver.py for Python 3: echo, "I get it!", then a word that the operator types.

    python3 tcpserver.py HOST PORT      (port 0: any free one; it is printed)
"""
import socket
import sys
import traceback


def serve(client):
    peer = client.getpeername()
    print('连接来自:', peer)
    while data := client.recv(4096):
        print(f'{peer[0]}:{data.decode(errors="replace")}')
        client.sendall(data)
        client.sendall(b'\nI get it!\n')
        client.sendall(input('input the word:').encode())


host, port = sys.argv[1], int(sys.argv[2])
with socket.create_server((host, port), backlog=1) as listener:
    print('listening on {}:{}'.format(*listener.getsockname()))
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                serve(connection)
            except Exception:  # one client's trouble, or the end of input, is not the server's end
                traceback.print_exc()
