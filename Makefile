# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
PYTHON ?= python3
ARGS ?=

help:
	@echo "make demo          a hotel and its police: http://localhost:8069 and :8070"
	@echo "make demo-reset    the same, from the beginning"
	@echo "make demo-check    check guests in and report them as the receptionist would"
	@echo "make test          all tests and lint; a part: make test ARGS='-k folio'"
	@echo "make crash-test    kill the sending process at every moment and count the guests"
	@echo "make protocol-check  exercise the whole protocol against the simulator and count"
	@echo "make bench         what the addon costs, measured; a row: make bench ARGS=sending"
	@echo "make lint          check the style; make format puts it right"
	@echo "make wheel         build the addon as an Odoo wheel into .dev/dist"
	@echo "make screenshots   pictures of the running demo into .dev/screenshots"
	@echo "make translations  read the terms anew into i18n/, list what has no Czech"
	@echo "make build         only the development environment in .dev"
	@echo "make clean         remove all that was built"

build demo demo-reset demo-check test crash-test protocol-check bench lint format wheel screenshots translations:
	@$(PYTHON) -m tools $@ $(ARGS)

clean:
	@$(PYTHON) -m tools clean

.PHONY: help build demo demo-reset demo-check test crash-test protocol-check bench lint format wheel screenshots translations clean
