"""S3's remote command server: runs what one recv brings; sends the size of the output, and the output at once after it.

    python3 s3_command_server.py HOST PORT      (port 0: any free one; it is printed)
"""
import os
import socket
import sys


def serve(client):
    while command := client.recv(1024).decode():
        print('执行指令:', repr(command))
        output = os.popen(command).read().encode()
        client.send(str(len(output)).encode())
        if output:
            client.send(output)
    print('客服端已断开...')


host, port = sys.argv[1], int(sys.argv[2])
with socket.create_server((host, port), backlog=3) as listener:
    print('listening on {}:{}'.format(*listener.getsockname()))
    while True:
        connection, _ = listener.accept()
        with connection:
            serve(connection)
