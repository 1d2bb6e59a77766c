"""S3's chatting client: sends each line of its input without the newline, prints what one recv brings.

    python3 s3_upper_client.py HOST PORT
"""
import socket
import sys

host, port = sys.argv[1], int(sys.argv[2])
with socket.create_connection((host, port)) as client:
    for message in map(str.strip, sys.stdin):
        if not message:
            continue
        client.send(message.encode())
        print('recv:', client.recv(1024).decode())
