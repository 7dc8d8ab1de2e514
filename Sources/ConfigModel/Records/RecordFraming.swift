/// The unambiguous form of a list of fields that hashes and signatures are made over: each field as its length in UTF-8
/// bytes (4 bytes, big endian) and the bytes. An absent field is an empty one.
package struct RecordFraming {
    static let domain = "configbus-record-v1"

    /// The fields, framed.
    package private(set) var bytes: [UInt8] = []

    /// Frames fields.
    package init(_ fields: [String?]) {
        bytes.reserveCapacity(512)
        for field in fields {
            let text = field ?? ""
            let count = UInt32(text.utf8.count)
            for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
            bytes.append(contentsOf: text.utf8)
        }
    }
}
