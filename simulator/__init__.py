# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A simulator of the foreign police's Ubyport web service. It is NOT the police.

It is the opponent of a client: written from the public documents only, it shares
no code with any client. Documents named in this package:

* PR: Provozní řád Internetové aplikace Ubyport (2018)
* P5: Technický popis webové služby Ubyport, Příloha č. 5 (2019)
* P3: Příloha č. 3, popis položek a formát UNL (2018)
* MAN: Ubyport 2.0, uživatelský manuál (2024)
* FAQ: the police's page "FAQ pro vývojáře"; FORM: "Vyplňování přihlašovacího tiskopisu"

Marks used in comments: [O] stands in an official document, [R] was observed by
someone on the real service, [P] is a written police answer in a paraphrase,
[C] is claimed by a client program, [I] is our own reading.
"""
