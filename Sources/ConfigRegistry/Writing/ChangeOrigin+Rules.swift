import ConfigModel

extension ChangeOrigin {
    private static let maximumAuthorBytes = 256
    private static let maximumCommentBytes = 4_096
    private static let maximumCorrelationBytes = 256
    private static let maximumChangeIDBytes = 64

    /// Checks the fields against their rules.
    ///
    /// Control characters are refused because these texts are shown in terminals and logs.
    func check() throws(RegistryError) {
        try Self.check(author, field: "created_by", maximumBytes: Self.maximumAuthorBytes)
        if let unusedAuthor {
            try Self.check(unusedAuthor, field: "created_by", maximumBytes: Self.maximumAuthorBytes)
        }
        try Self.check(
            comment, field: "comment", maximumBytes: Self.maximumCommentBytes, allowing: ["\n", "\r", "\t"])
        if let correlationID {
            try Self.check(correlationID, field: "X-Correlation-ID", maximumBytes: Self.maximumCorrelationBytes)
        }
        guard (1...Self.maximumChangeIDBytes).contains(changeID.utf8.count), changeID.utf8.allSatisfy(Self.isInChangeID)
        else { throw .invalid("The Idempotency-Key must match [A-Za-z0-9._:-]{1,64}.") }
    }

    private static func check(
        _ text: String, field: String, maximumBytes: Int, allowing allowed: Set<Unicode.Scalar> = []
    ) throws(RegistryError) {
        let count = text.utf8.count
        guard count <= maximumBytes else {
            throw .invalid("\(field) has \(count) bytes; it may have at most \(maximumBytes).")
        }
        for scalar in text.unicodeScalars
        where scalar.properties.generalCategory == .control && !allowed.contains(scalar) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            let code = "U+" + String(repeating: "0", count: 4 - number.utf8.count) + number
            throw .invalid("\(field) contains the control character \(code); remove it.")
        }
    }

    private static func isInChangeID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
