;;; flow.el --- Flow pipelines, with Eglot  -*- lexical-binding: t -*-

;; Emacs 29 has Eglot; for older ones it is a package.  Load this file from your init file.

(require 'eglot)

(eval
 `(define-derived-mode flow-mode ,(if (fboundp 'yaml-mode) 'yaml-mode 'prog-mode) "Flow"
    "Pipelines and scenarios of Flow, in YAML."))

(define-derived-mode flow-json-mode js-mode "Flow JSON"
  "Pipelines of Flow, in JSON.")

(add-to-list 'auto-mode-alist '("\\.flow\\(test\\)?\\.ya?ml\\'" . flow-mode))
(add-to-list 'auto-mode-alist '("\\.flow\\.json\\'" . flow-json-mode))

(add-to-list 'eglot-server-programs '((flow-mode flow-json-mode) . ("flow" "lsp")))
(add-hook 'flow-mode-hook #'eglot-ensure)
(add-hook 'flow-json-mode-hook #'eglot-ensure)

(provide 'flow)
;;; flow.el ends here
