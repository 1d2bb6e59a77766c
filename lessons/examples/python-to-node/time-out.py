import socket

server = socket.create_server(('127.0.0.1', 0))
port = server.getsockname()[1]

# #region wait
client = socket.create_connection(('127.0.0.1', port))
client.settimeout(0.2)
try:
    client.recv(1024)
except TimeoutError as error:
    print('no answer:', error)
client.close()
# #endregion
server.close()
