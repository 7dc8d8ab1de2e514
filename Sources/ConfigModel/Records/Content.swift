import Synchronization

/// The content of a document: canonical JSON bytes of an object, and their hash.
///
/// Canonical means: keys sorted by their UTF-8 bytes, no white space, numbers as they were written, nothing escaped that
/// need not be. Two contents are equal when their bytes are.
public struct Content: Sendable, Hashable {
    /// Canonical JSON in UTF-8.
    public let bytes: [UInt8]
    /// `sha256:` and 64 hexadecimal digits over `bytes`.
    public let hash: String
    /// What reading the bytes made of them.
    let reading: ReadObject?

    /// `{}`, which is also what a tombstone carries.
    public static let empty = Content(canonical: Array("{}".utf8))

    /// Takes bytes that are known to be canonical, for example because this package wrote them.
    package init(canonical bytes: [UInt8]) {
        self.init(canonical: bytes, hash: SHA256Text.hash(bytes))
    }

    /// Takes bytes that are known to be canonical together with their hash.
    package init(canonical bytes: [UInt8], hash: String) {
        self.bytes = bytes
        self.hash = hash
        reading = nil
    }

    /// Takes canonical bytes together with the object that they say.
    init(canonical bytes: [UInt8], read object: JSONObject) {
        self.bytes = bytes
        hash = SHA256Text.hash(bytes)
        reading = ReadObject(object)
    }

    /// Contents with equal hashes are equal.
    public static func == (left: Content, right: Content) -> Bool {
        left.hash == right.hash && left.bytes == right.bytes
    }

    /// Hashes the content hash.
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// The object that parsing a content made, for its first reader: a content that is checked and then used is parsed once, and
/// one that is only kept is not kept twice.
final class ReadObject: Sendable {
    private let object: Mutex<JSONObject?>

    init(_ object: JSONObject) { self.object = Mutex(object) }

    func take() -> JSONObject? { object.withLock { $0.take() } }
}
