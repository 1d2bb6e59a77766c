"""S2's multi-task server: a daemon thread for each client, a reply in GBK to each recv.

    python3 s2_multitask_server.py HOST PORT      (port 0: any free one; it is printed)
"""
import socket
import sys
import threading


def say(line):
    # print() writes text and newline apart; two threads' lines could then mix.
    sys.stdout.write(f'{line}\n')
    sys.stdout.flush()


def serve(client, peer):
    with client:
        while message := client.recv(1024):
            say(f'{message.decode("gbk")} {peer}')
            client.send('ok,问题正在处理中...'.encode('gbk'))
        say(f'客户端下线了: {peer}')


host, port = sys.argv[1], int(sys.argv[2])
with socket.create_server((host, port), backlog=128) as listener:
    say('listening on {}:{}'.format(*listener.getsockname()))
    while True:
        client, peer = listener.accept()
        say(f'客户端连接成功: {peer}')
        threading.Thread(target=serve, args=(client, peer), daemon=True).start()
