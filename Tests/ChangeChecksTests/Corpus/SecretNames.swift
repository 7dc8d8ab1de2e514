import ConfigModel
import TestSupport
import Testing

/// A value that is a secret because of its name.
struct SecretSetting: Sendable, CustomTestStringConvertible {
    let key: String
    let value: String

    var testDescription: String { key }

    static let all: [SecretSetting] = zip(keys, 0...).map { key, index in
        SecretSetting(key: key, value: values[index % values.count])
    }

    private static let keys = [
        "password", "PASSWORD", "Password", "passwords", "db_password", "dbPassword", "DBPassword", "dbpassword",
        "DB-PASSWORD",
        "spring.datasource.password", "passwd", "root_passwd", "passphrase", "keyPassphrase", "pwd", "userPwd", "pass",
        "smtp_pass",
        "dbPass", "dbpass", "MYSQL_ROOT_PASSWORD", "password1", "password_2", "secret", "clientSecret", "client_secret",
        "client-secret",
        "webhookSecret", "appsecret", "secrets", "SESSION_SECRET", "token", "authToken", "auth_token", "authtoken",
        "refreshToken",
        "bearer.token", "tokens", "GITHUB_TOKEN", "credential", "credentials", "aws_credentials", "apiKey", "api_key",
        "api-key", "apikey",
        "API_KEY", "APIKey", "x-api-key", "stripeApiKey", "apiKeys", "accessKey", "secret_access_key",
        "AWS_SECRET_ACCESS_KEY", "secretKey",
        "SECRET_KEY", "signingKey", "signing_key", "encryptionKey", "encryption-key", "accountKey",
        "storage_account_key", "privateKey",
        "private_key", "SharedAccessKey", "secret_key_base", "keystore.password", "tls.keyStorePassword", "jwtSecret",
        "oauth.clientSecret",
    ]

    /// What people take, and what machines draw.
    private static let values = [
        "hunter2", "s3cr3t-V4lue", "Tr0ub4dor&3", "correct-horse-battery-staple", "letmein!", "P@ssw0rd", "qwertyuiop",
        "/" + SecretText.draw(30),
        SecretText.draw(32), SecretText.draw(40, "0123456789abcdef"), SecretText.draw(24, SecretText.base32),
        "winter is coming 2024",
        "$" + "ecret1", "#Pa" + "ss99", "~" + "tilde77", SecretText.draw(43, SecretText.alphanumeric + "+/") + "=",
        "swordfish",
    ]
}
