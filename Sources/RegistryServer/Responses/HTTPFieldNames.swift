import HTTPTypes

// Each of these literals is a token (RFC 9110, section 5.6.2), the only thing that the initialiser asks for.
extension HTTPField.Name {
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
    static let configVersion = HTTPField.Name("Config-Version")!
    static let configDamaged = HTTPField.Name("Config-Damaged")!
    static let configDefaultVersion = HTTPField.Name("Config-Default-Version")!
    static let configHash = HTTPField.Name("Config-Hash")!
    static let configRecordHash = HTTPField.Name("Config-Record-Hash")!
    static let configEpoch = HTTPField.Name("Config-Epoch")!
    static let configEpochSignature = HTTPField.Name("Config-Epoch-Signature")!
    static let configRecordEpoch = HTTPField.Name("Config-Record-Epoch")!
    static let configChangeType = HTTPField.Name("Config-Change-Type")!
    static let configSignature = HTTPField.Name("Config-Signature")!
    static let configKeyID = HTTPField.Name("Config-Key-Id")!
    static let correlationID = HTTPField.Name("X-Correlation-ID")!
    static let forwarded = HTTPField.Name("Forwarded")!
    /// A second `Host`; the first is taken out of the fields when the request is read.
    static let hostAgain = HTTPField.Name("Host")!
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let link = HTTPField.Name("Link")!
    static let prefer = HTTPField.Name("Prefer")!
    static let preferenceApplied = HTTPField.Name("Preference-Applied")!
}
