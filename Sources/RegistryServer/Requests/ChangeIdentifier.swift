import ConfigModel
import HTTPTypes

/// What makes a repeated write the same version: the caller's `Idempotency-Key`, or a new UUID.
struct ChangeIdentifier: Sendable {
    let text: String
    let isFromClient: Bool

    init(_ headers: HTTPFields) throws(Problem) {
        guard let text = headers[.idempotencyKey] else {
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
