"""S2's client: one send in GBK, one recv, close.

    python3 s2_client.py HOST PORT TEXT
"""
import socket
import sys

host, port, text = sys.argv[1:]
with socket.create_connection((host, int(port))) as server:
    server.send(text.encode('gbk'))
    reply = server.recv(1024)
print(reply)
print('接收服务端的数据为:', reply.decode('gbk'))
