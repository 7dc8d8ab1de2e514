/// Values that say what, and not which: numbers, truth values, words of settings, labels.
extension SecretValue {
    /// A number with or without a unit, a truth value, nothing, a colour, a date.
    var isConstant: Bool {
        if bytes[0] == UInt8(ascii: "#") {
            return [4, 5, 7, 9].contains(bytes.count) && bytes.part(from: 1).allSatisfy(Self.isHexadecimal)
        }
        guard ByteKinds.digit.include(bytes[0]) || Self.signs.contains(bytes[0]) else {
            return Self.constants.contains(bytes.lowercased) || isDuration
        }
        // Versions and their ranges, `^4.0.0`, and times of a schedule, `0 3 * * *`, are numbers too.
        let end =
            bytes.dropFirst().firstIndex { !ByteKinds.digit.include($0) && !Self.inNumbers.contains($0) } ?? bytes.count
        return Self.units.contains(bytes.part(from: end).lowercased)
    }

    /// `PT15M`
    private var isDuration: Bool {
        bytes[0] == UInt8(ascii: "P") && bytes.holds(.digit) && bytes.count <= 16
            && bytes.dropFirst().allSatisfy { ByteKinds.digit.include($0) || Self.ofDurations.contains($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        ByteKinds.digit.include(byte) || (byte.lowercased >= UInt8(ascii: "a") && byte.lowercased <= UInt8(ascii: "f"))
    }

    private static let signs = Array("+-.^~<>=v*".utf8)
    private static let inNumbers = Array("._,:-/ *^~<>=".utf8)
    private static let ofDurations = Array("YMWDTHS.".utf8)
    private static let units: Set = [
        "", "%", "ms", "s", "m", "h", "d", "w", "y", "sec", "secs", "min", "mins", "hr", "hrs", "days", "day", "hours",
        "hour",
        "minutes", "minute", "seconds", "second", "weeks", "months", "years", "b", "kb", "mb", "gb", "k", "kib", "mib",
        "gib", "px",
        "em", "rem", "pt", "vh", "vw", "fr", "e", "x",
    ]
    private static let constants: Set = [
        "true", "false", "none", "null", "nil", "undefined", "empty", "unset", "enabled", "disabled",
    ]

    /// A word of those that settings consist of.
    var isWord: Bool {
        guard bytes.count <= 40 else { return false }
        var end = bytes.count
        while end > 0,
            [UInt8(ascii: ":"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: ".")].contains(bytes[end - 1])
        {
            end -= 1
        }
        let word = bytes.part(0..<end).lowercased
        if Self.words.contains(word) || Self.labels.contains(word) || isCompoundLabel { return true }
        // A list of rules for a form: `required|min:8`.
        guard let bar = word.firstIndex(of: "|") else { return false }
        return Self.words.contains(String(word[..<bar]))
    }

    private static let words: Set = [
        // How logins are sent, and how levels are called.
        "include", "omit", "same-origin", "inherit", "read", "write", "trace", "debug", "info", "notice", "warn",
        "warning", "error",
        "fatal",
        "critical", "required", "optional", "nullable", "sometimes", "always", "never", "default", "auto", "automatic",
        "manual",
        // Where they come from.
        "vault", "kubernetes", "file", "environment", "envvar", "keychain", "keyring", "static", "dynamic", "managed",
        "external",
        "internal", "generated", "generate", "random", "encrypted", "opaque", "hidden", "masked", "redacted", "prompt",
        "aws-secrets-manager", "secretsmanager", "secrets-manager", "keyvault", "key-vault", "sealed-secrets",
        "external-secrets",
        // Kinds of them.
        "basic", "bearer", "digest", "negotiate", "kerberos", "oauth", "oauth2", "oidc", "saml", "ldap", "apikey",
        "api_key", "api-key",
        "password", "passwordless", "token", "secret", "string", "value", "text", "json", "plain", "plaintext",
        "cleartext",
        "header", "cookie",
        "query", "body", "form", "bcrypt", "scrypt", "argon", "argon2", "argon2i", "argon2id", "pbkdf2", "sha256",
        "sha512", "sha1",
        "md5", "hmac", "hs256", "rs256", "es256", "client_secret", "client_secret_basic", "client_secret_post",
        "client_secret_jwt",
        "client_credentials", "private_key_jwt", "authorization_code", "refresh_token", "id_token", "access_token",
        "reference-token", "scram-sha-256", "scram-sha-512",
    ]

    /// How a field for a password is called in other languages; what is not ASCII is a text anyway.
    private static let labels: Set = [
        "passwort", "kennwort", "passphrase", "wachtwoord", "heslo", "parola", "senha", "clave", "salasana", "lozinka",
        "adgangskode",
        "passord", "haslo", "jelszo", "geheimnis", "geheim", "jeton", "token", "segreto", "secreto", "geslo", "sifre",
        "parool",
        "codice", "code", "parol", "pasahitza", "pasfhocal", "contrasenya", "contrasinal", "pwd", "password",
    ]

    /// `API-Passwort`, `Radius-Geheimnis`: words of which the first is an abbreviation or the last a label.
    private var isCompoundLabel: Bool {
        let parts = bytes.split(separator: UInt8(ascii: "-")).map { ByteText(rebasing: $0) }
        guard (2...3).contains(parts.count), ByteKinds.upper.include(bytes[0]), bytes.consists(of: [.letter, .dash])
        else {
            return false
        }
        return (2...6).contains(parts[0].count) && parts[0].consists(of: .upper) && !parts[1].consists(of: .upper)
            || Self.labels.contains(parts[parts.count - 1].lowercased)
    }

    /// The name of an object that holds a secret, as Kubernetes has it: `db-credentials`, `tls-cert`.
    var namesAnObject: Bool {
        guard isObjectName else { return false }
        let groups = bytes.split { !ByteKinds.alphanumeric.include($0) }.map { ByteText(rebasing: $0) }
        return groups.count >= 2
            && groups.last { !$0.holds(.digit) }.map { Self.objects.contains($0.lowercased) } ?? false
    }

    /// Words of small letters, short numbers and versions such as `v2`, with separators between them.
    var isObjectName: Bool {
        guard bytes.count <= 64, bytes.consists(of: [.lower, .digit, .dash, .underscore, .dot]) else { return false }
        return bytes.split { !ByteKinds.alphanumeric.include($0) }.allSatisfy {
            Self.isPlainGroup(ByteText(rebasing: $0))
        }
    }

    /// Letters, or a short number, or a version such as `v2`.
    private static func isPlainGroup(_ group: ByteText) -> Bool {
        group.consists(of: .lower) || group.consists(of: .digit) && group.count <= 4
            || group[0] == UInt8(ascii: "v") && group.part(from: 1).consists(of: .digit) && group.count <= 3
    }

    private static let objects: Set = [
        "secret", "secrets", "credential", "credentials", "creds", "cert", "certs", "certificate", "certificates",
        "tls", "key", "keys",
        "token", "tokens", "config", "auth", "password", "passwords", "login", "account", "ca", "registry", "env",
        "user", "keystore",
        "truststore",
    ]
}
