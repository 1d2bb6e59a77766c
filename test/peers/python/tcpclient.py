"""S0's tcpclient.py for Python 3: send, half-close, print all that comes until the server's FIN.

    python3 tcpclient.py HOST PORT TEXT
"""
import socket
import sys

host, port, text = sys.argv[1:]
with socket.create_connection((host, int(port))) as server:
    server.sendall(text.encode())
    server.shutdown(socket.SHUT_WR)  # S0 writes the number, 1
    print('发送完成。', flush=True)
    while data := server.recv(4096):
        # As bytes: a chunk may end in the middle of a character.
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
