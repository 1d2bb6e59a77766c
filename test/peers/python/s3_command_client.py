"""S3's remote command client: one recv for the size, then as many bytes. A command has no end on the wire.

    python3 s3_command_client.py HOST PORT COMMAND
"""
import socket
import sys

host, port, command = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with socket.create_connection((host, port)) as client:
    client.send(command.encode())
    print('sent')
    size = int(client.recv(1024).decode())
    print('接收数据大小', size)
    output = b''
    while size > len(output):
        output += client.recv(min(size - len(output), 1024))
print(output.decode())
