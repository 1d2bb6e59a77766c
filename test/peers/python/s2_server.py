"""S2's server: one client, one recv in GBK, one reply, and its work is done.

    python3 s2_server.py HOST PORT      (port 0: any free one; it is printed)
"""
import socket
import sys

host, port = sys.argv[1], int(sys.argv[2])
with socket.create_server((host, port), backlog=128) as listener:
    print('listening on {}:{}'.format(*listener.getsockname()), flush=True)
    client, peer = listener.accept()
    with client:
        print('客户端的ip地址和端口号:', peer)
        message = client.recv(1024)
        print('接收数据的长度为:', len(message))
        print('接收客户端的数据为:', message.decode('gbk'))
        client.send('ok, 问题正在处理中...'.encode('gbk'))
