#!/usr/bin/python3
"""A mail server on loopback, Debian's python3-aiosmtpd, that misbehaves as it is ordered to.

smtpd.py FOLDER PORT   (0: any; says "listening PORT" once it does)

FOLDER/orders.json is read anew at every step:
  user, password   who may log in; without them nobody needs to
  greet            the first line in place of 220, after which it hangs up
  rcpt             answers by receiver, "*" for all
  mail, data       answers to MAIL, and to the whole mail
  hang             greet, rcpt or data: there it says nothing any more
  lose             true: it takes the mail and hangs up before it says so
FOLDER/tls.pem     certificate and key for STARTTLS
FOLDER/taken.jsonl what it took, a line each
"""
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER, PORT = sys.argv[1], int(sys.argv[2])


def orders():
    with open(os.path.join(FOLDER, "orders.json"), encoding="utf-8") as file:
        return json.load(file)


async def hang(where):
    while orders().get("hang") == where:
        await asyncio.sleep(0.05)


def may_log_in(server, session, envelope, mechanism, login):
    known = orders()
    user, password = known.get("user", ""), known.get("password", "")
    good = login.login == user.encode() and login.password == password.encode()
    return AuthResult(success=good, handled=False)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        known = orders()
        if known.get("user") and not session.authenticated:
            return "530 5.7.0 log in first"
        if "mail" in known:
            return known["mail"]
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await hang("rcpt")
        answers = orders().get("rcpt", {})
        if address in answers or "*" in answers:
            return answers.get(address) or answers["*"]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        await hang("data")
        known = orders()
        if "data" in known:
            return known["data"]
        taken = {
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "authenticated": bool(session.authenticated),
            "data": envelope.content.decode("utf-8"),
        }
        with open(os.path.join(FOLDER, "taken.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps(taken) + "\n")
        if known.get("lose"):
            server.transport.abort()
        return "250 2.0.0 taken"


class Server(SMTP):
    greeted = False

    async def push(self, status):
        first = not self.greeted
        self.greeted = True
        if first:
            await hang("greet")
            greet = orders().get("greet")
            if greet:
                await super().push(greet)
                self.transport.close()
                return
        await super().push(status)


async def main():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(os.path.join(FOLDER, "tls.pem"))
    loop = asyncio.get_running_loop()

    def server():
        return Server(
            Handler(), hostname="localhost", tls_context=tls, authenticator=may_log_in, loop=loop)

    listening = await loop.create_server(server, "127.0.0.1", PORT)
    print("listening", listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


asyncio.run(main())
