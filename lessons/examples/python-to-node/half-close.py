import socket
import threading

server = socket.create_server(('127.0.0.1', 0))


# #region answer
def answer(connection):
    numbers = b''
    while data := connection.recv(1024):
        numbers += data
    # The FIN is here: no more numbers. The way back is open until this program closes it.
    connection.sendall(str(sum(map(int, numbers.split()))).encode())
    connection.close()
# #endregion


threading.Thread(target=lambda: answer(server.accept()[0])).start()
client = socket.create_connection(server.getsockname())
client.sendall(b'1 2 39')
client.shutdown(socket.SHUT_WR)
print('the sum:', client.recv(1024).decode())
client.close()
server.close()
