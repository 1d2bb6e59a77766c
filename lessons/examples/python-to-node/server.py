import socket
import threading

# #region serve
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 0))
server.listen(5)


def serve():
    while True:
        connection, address = server.accept()
        with connection:
            while data := connection.recv(1024):
                connection.sendall(data.upper())
# #endregion


threading.Thread(target=serve, daemon=True).start()
anna = socket.create_connection(server.getsockname())
bert = socket.create_connection(server.getsockname())

bert.sendall(b'bert')
bert.settimeout(0.5)
try:
    print('Bert, while Anna is silent:', bert.recv(1024).decode())
except TimeoutError:
    print('Bert, while Anna is silent: no answer')

anna.close()
bert.settimeout(None)
print('Bert, when Anna has left:', bert.recv(1024).decode())
