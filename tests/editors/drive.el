;;; drive.el --- Uses Emacs as a person would, and writes down what was seen  -*- lexical-binding: t -*-

;; emacs -Q --batch -f package-initialize -l THE-SET-UP -l drive.el; FLOW_PLAN names a file.

(require 'json)
(require 'eglot)
(require 'xref)

(setq eglot-sync-connect t
      eglot-send-changes-idle-time 0
      create-lockfiles nil
      make-backup-files nil
      last-nonmenu-event t ; choices are made by name, not with a mouse
      xref-prompt-for-identifier nil)

(defvar plan (json-read-file (getenv "FLOW_PLAN")))
(defvar seen nil)

(defun planned (key)
  "What the plan says under KEY."
  (alist-get key plan))

(defun saw (key value)
  "Write down VALUE under KEY."
  (push (cons key value) seen))

(defun wait-for (what condition)
  "Wait for WHAT until CONDITION gives something, and give that."
  (let ((end (+ (float-time) (planned 'seconds))) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) end)
        (error "Waited in vain for %s" what))
      (accept-process-output nil 0.02))
    found))

(defun go-to (words)
  "Go to the last letter of the first place of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (backward-char))

(defun findings ()
  "What is found wrong."
  (mapcar (lambda (found) (substring-no-properties (flymake-diagnostic-text found)))
          (flymake-diagnostics)))

(defun until-findings (count)
  "Wait until COUNT things are found."
  (wait-for (format "%d findings" count) (lambda () (= count (length (findings)))))
  (vconcat (findings)))

(defun all-text ()
  "The text of the buffer."
  (substring-no-properties (buffer-string)))

(defun send-changes ()
  "Tell the server what was edited, as Emacs does when it is idle."
  (eglot--signal-textDocument/didChange))

(defun visit (file)
  "Visit FILE, as the command loop would: without one, hooks that wait for it are run here."
  (find-file file)
  (run-hooks 'post-command-hook)
  (wait-for "the server" #'eglot-current-server)
  (flymake-mode 1)
  (flymake-start))

(defun drive ()
  "Do all that is planned."
  (visit (planned 'file))
  (saw 'filetype (symbol-name major-mode))
  (saw 'wrong (until-findings 1))
  (go-to (planned 'wrong))
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _)
               (seq-find (lambda (choice) (string-search (planned 'fix) choice))
                         (all-completions "" choices)))))
    (eglot-code-actions (point) (point) nil t))
  (saw 'fixed (all-text))
  (send-changes)
  (until-findings 0)

  (go-to (planned 'edited))
  (forward-char)
  (undo-boundary)
  (insert "x")
  (undo-boundary)
  (send-changes)
  (saw 'edited (until-findings 1))
  (undo)
  (send-changes)
  (until-findings 0)
  (saw 'undone (all-text))

  (go-to (planned 'complete))
  (forward-char)
  (saw 'completed
       (vconcat (mapcar #'substring-no-properties
                        (all-completions "" (nth 2 (eglot-completion-at-point))))))

  (go-to (planned 'component))
  (let (hover)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
    (saw 'hover (substring-no-properties (wait-for "hover" (lambda () hover)))))

  (let ((here (current-buffer)))
    (xref-find-definitions (symbol-name (symbol-at-point)))
    (wait-for "the definition" (lambda () (not (eq here (current-buffer)))))
    (saw 'definition (vector (file-name-nondirectory buffer-file-name) (line-number-at-pos)))
    (wait-for "the server there" #'eglot-current-server)
    (switch-to-buffer here))

  (eglot-format-buffer)
  (send-changes)
  (saw 'formatted (all-text))

  (go-to (planned 'port))
  (cl-letf (((symbol-function 'y-or-n-p) #'always))
    (eglot-rename (planned 'name)))
  (saw 'renamed
       (vector (all-text)
               (with-current-buffer (find-buffer-visiting (planned 'library)) (all-text)))))

(condition-case problem
    (drive)
  (error (saw 'problem (error-message-string problem))))
(with-temp-file (planned 'report)
  (insert (json-encode seen)))
(kill-emacs 0)
