import select
import socket
import threading

server = socket.create_server(('127.0.0.1', 0))


# #region serve
def serve(connection):
    with connection:
        while data := connection.recv(1024):
            total = 0
            for i in range(int(data)):
                total += i
            connection.sendall(f'{total}\n'.encode())


def accept():
    while True:
        connection, address = server.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()
# #endregion


threading.Thread(target=accept, daemon=True).start()
anna = socket.create_connection(server.getsockname())
bert = socket.create_connection(server.getsockname())
anna.sendall(b'5000000000')
bert.sendall(b'10')
ready, _, _ = select.select([anna, bert], [], [])
print('answered first:', 'Anna' if anna in ready else 'Bert')
