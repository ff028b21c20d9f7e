"""Mail: from the outbox to the server.

    letters      puts a queued mail in words and attachments
    attachments  what can be attached, by name
    server       one conversation with the mail server, and what came of each mail
    delivery     claims what is due, sends it, writes down what came of it
    queue        what waits, what failed; trying again, withdrawing

**At most once.** A mail is claimed on the disk before it is sent. Where nobody can know whether it
went out (the program was killed in between, the server fell silent after the last line), it is
shown as failed, for a person to decide, and never sent again by itself.
"""
