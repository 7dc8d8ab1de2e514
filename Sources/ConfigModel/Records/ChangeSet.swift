/// Several versions of different documents that were published as one: all of them are stored, or none.
///
/// Its identifier is made of its members, so that the list of members that goes with each of them proves itself: the
/// identifier is part of every member's record hash.
public struct ChangeSet: Sendable, Hashable {
    /// `SIZE-HEX`: the number of members, and the first 32 hexadecimal digits of the SHA-256 over the framing of
    /// `configbus-changeset-v1`, the epoch, the change identifier and the members, each a 4-byte big-endian length and UTF-8.
    public let id: String
    /// `service/environment@version` of each member, in the order of their UTF-8 bytes.
    public let members: [String]

    static let domain = "configbus-changeset-v1"
    /// A set has at most so many members.
    package static let maximumMembers = 100
    /// The contents of a set have at most so many bytes together: 8 MiB.
    package static let maximumContentBytes = 8 << 20

    /// Names the set that these versions are.
    ///
    /// - Parameter versions: each document once.
    package init(epoch: Epoch, changeID: String, versions: [(key: DocumentKey, version: Int64)]) {
        self.init(
            epoch: epoch, changeID: changeID,
            members: versions.map { Self.member($0.key, $0.version) }.sorted(by: UTF8Order.isLess))
    }

    /// Takes a list of members as it was sent or stored; its identifier is made of it, and has to be compared.
    package init(epoch: Epoch, changeID: String, members: [String]) {
        self.members = members
        let framing = RecordFraming([Self.domain, epoch.description, changeID] + members)
        id = "\(members.count)-\(SHA256Text.hexadecimal(SHA256Text.digest(of: framing.bytes).prefix(16)))"
    }
}

extension ChangeSet {
    /// False for a text that is the identifier of no set.
    package static func isPossible(id: String) -> Bool {
        let parts = id.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, let size = Int(String(decoding: parts[0], as: UTF8.self)),
            (1...maximumMembers).contains(size), parts[1].count == 32
        else { return false }
        return parts[1].allSatisfy { digit in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
        }
    }
}
