"""Why an account, or what is asked of one, is refused."""

from __future__ import annotations

from application.base.errors import CodemazeError


class InvalidUsername(CodemazeError):
    code, status = "invalid_username", 400
    default = "A username has 2 to 30 letters, digits, or the signs _ - and the full stop."


class InvalidPassword(CodemazeError):
    code, status, default = "invalid_password", 400, "A password has 8 to 128 characters."


class UsernameTaken(CodemazeError):
    code, status, default = "username_taken", 409, "This username is taken."


class WrongCredentials(CodemazeError):
    code, status, default = "wrong_credentials", 401, "Username or password is wrong."


class InvalidAvatar(CodemazeError):
    code, status = "invalid_avatar", 422
    default = "An avatar is an https URL of at most 500 characters, without quotes, spaces or a user's name."


class UserNotFound(CodemazeError):
    code, status, default = "user_not_found", 404, "There is no such user."


class NobodyFound(CodemazeError):
    code, status, default = "nobody_found", 400, "Neither of these users exists."


class NotATeacher(CodemazeError):
    code, status, default = "not_a_teacher", 403, "Only teachers may do this."
