import ConfigModel

/// What makes a repeated write the same version: the caller's `Idempotency-Key`, or a new UUID.
package struct ChangeIdentifier: Sendable, Equatable {
    /// The identifier.
    package let text: String
    /// False for a new one.
    package let isFromClient: Bool

    /// Reads the header; nil makes a new identifier.
    package init(idempotencyKey text: String?) throws(Problem) {
        guard let text else {
            self.text = UUIDText.random()
            isFromClient = false
            return
        }
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            throw Problem(
                .invalidHeader, "The Idempotency-Key must match [A-Za-z0-9._:-]{1,64}; a UUID is a good choice.")
        }
        self.text = text
        isFromClient = true
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// The caller's `X-Correlation-ID`, which is kept with the version and sent back.
package enum CorrelationIdentifier {
    /// Checks the header; nil when there is none.
    package static func read(_ text: String?) throws(Problem) -> String? {
        guard let text else { return nil }
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Problem(
                .invalidHeader, "The X-Correlation-ID must be 1 to 128 printable ASCII characters without spaces.")
        }
        return text
    }
}
