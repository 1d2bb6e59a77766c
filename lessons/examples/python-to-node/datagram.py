import socket
import struct
import threading

SECONDS = 1344244157

# #region time
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 0))


def answer():
    question, asker = server.recvfrom(8192)
    server.sendto(struct.pack('!I', SECONDS), asker)


threading.Thread(target=answer).start()

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b'', server.getsockname())
reply, sender = client.recvfrom(2048)
if len(reply) == 4:
    print(sender[0], 'says', struct.unpack('!I', reply)[0], 'by', reply.hex())
client.close()
# #endregion
server.close()
