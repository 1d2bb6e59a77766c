"""S0's clientudp.py for Python 3: sends an empty datagram and prints the time that comes back.

    python3 clientudp.py HOST PORT
"""
import socket
import struct
import sys
import time

host, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    client.sendto(b'', (host, port))
    print('等待回复……')
    reply = client.recvfrom(2048)[0]
if len(reply) != 4:
    print(f'回复错误{len(reply)}:{reply}')
    sys.exit(1)
print(time.ctime(struct.unpack('!I', reply)[0]))
