"""S3's download client: `get NAME` on each line of its input; what comes is saved as NAME.new.

    python3 s3_download_client.py HOST PORT FOLDER
"""
import hashlib
import os
import socket
import sys

host, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.chdir(folder)
with socket.create_connection((host, port)) as client:
    for command in map(str.strip, sys.stdin):
        client.send(command.encode())
        size = int(client.recv(1024).decode())
        print('文件大小为:', size)
        client.send('准备接收...'.encode())
        received = 0
        md5 = hashlib.md5()
        with open(command.split()[1] + '.new', 'wb') as file:
            while size > received:
                data = client.recv(min(size - received, 1024))
                received += len(data)
                md5.update(data)
                file.write(data)
        print('接受完毕...')
        print('server file md5:', client.recv(1024).decode())
        print('client file md5:', md5.hexdigest())
