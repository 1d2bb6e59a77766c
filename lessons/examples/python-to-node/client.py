import socket
import threading

server = socket.create_server(('127.0.0.1', 0))
port = server.getsockname()[1]


def answer():
    accepted, _ = server.accept()
    with accepted:
        count = 0
        while data := accepted.recv(4096):
            count += len(data)
        accepted.sendall(f'{count} bytes, thank you'.encode())


threading.Thread(target=answer).start()

# #region ask
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', port))
client.sendall('你好'.encode())
client.shutdown(socket.SHUT_WR)

reply = b''
while data := client.recv(4096):
    reply += data
print(reply.decode())
client.close()
# #endregion
server.close()
