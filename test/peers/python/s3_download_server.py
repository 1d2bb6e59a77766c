"""S3's download server: `get NAME`, the size, any acknowledgement, the bytes, their MD5. One client at a time.

    python3 s3_download_server.py HOST PORT FOLDER      (port 0: any free one; it is printed)
"""
import hashlib
import os
import socket
import sys


def serve(client):
    while command := client.recv(1024).decode():
        _, name = command.split()
        print(name)
        if os.path.isfile(name):
            client.send(str(os.stat(name).st_size).encode())
            client.recv(1024)
            md5 = hashlib.md5()
            with open(name, 'rb') as file:
                for line in file:
                    md5.update(line)
                    client.send(line)
            client.send(md5.hexdigest().encode())
            print('发送完毕...')
    print('客服端已断开...')


host, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.chdir(folder)
with socket.create_server((host, port), backlog=3) as listener:
    print('listening on {}:{}'.format(*listener.getsockname()))
    while True:
        connection, _ = listener.accept()
        with connection:
            serve(connection)
