"""S0's serverudp.py for Python 3: any datagram is answered with the Unix time, 4 bytes, big-endian.

    python3 serverudp.py HOST PORT      (port 0: any free one; it is printed)
"""
import socket
import struct
import sys
import time

host, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind((host, port))
    print('listening on {}:{}'.format(*server.getsockname()))
    while True:
        message, address = server.recvfrom(8192)
        print(f'{address[0]}: {len(message)}')
        server.sendto(struct.pack('!I', int(time.time())), address)
