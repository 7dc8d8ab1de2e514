/// The identity of one store's history, written `<number>-<uuid>`.
///
/// The number rises when a history is replaced (a restore, `configbus admin new-epoch`); versions are comparable only
/// inside one epoch.
public struct Epoch: Hashable, Sendable {
    /// Rises with each replacement of the history; at least 1.
    public let number: Int64
    /// A UUID in lower case, different for stores that were set up independently.
    public let identifier: String

    /// An epoch of its two parts; the identifier is a UUID in lower case.
    package init(number: Int64, identifier: String) {
        self.number = number
        self.identifier = identifier
    }

    /// Reads `<number>-<uuid>`; nil when the text is anything else.
    public init?(parsing text: String) {
        guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")), let number = Int64(text[..<dash]), number >= 1,
            String(number) == text[..<dash]
        else { return nil }
        let identifier = String(text[text.utf8.index(after: dash)...])
        guard UUIDText.isWellFormed(identifier) else { return nil }
        self.init(number: number, identifier: identifier)
    }
}

extension Epoch {
    /// The epoch that a store has after this one: its number is the next one or the seconds since 1970, whichever is larger,
    /// so that a backup which is restored twice never gives one number twice. Nil when there is no larger number.
    package func next(at now: Timestamp) -> Epoch? {
        guard number < .max else { return nil }
        return Epoch(number: max(number + 1, now.milliseconds / 1_000), identifier: UUIDText.random())
    }

    /// The largest number that is taken from a person, 2^53 - 1: behind it there is room for more epochs than any store has.
    package static let largestGiven: Int64 = (1 << 53) - 1

    /// The strong `ETag` (RFC 9110) of a version that counts in this epoch, quotes included.
    package func etag(_ version: Int64) -> String { "\"\(number).\(version)\"" }
}

extension Epoch: CustomStringConvertible {
    /// The text form `<number>-<uuid>`.
    public var description: String { "\(number)-\(identifier)" }
}
