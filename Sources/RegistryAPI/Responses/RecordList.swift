package import ConfigModel

/// A list of whole records.
package enum RecordList {
    /// Reads a body; the hashes are recomputed.
    package static func read(_ body: [UInt8]) throws(InvalidResponse) -> [VersionRecord] {
        var records: [VersionRecord] = []
        for object in try ResponseJSON.objects(body) { records.append(try ResponseJSON.record(object)) }
        return records
    }

    /// Writes a body.
    package static func jsonBytes(_ records: [VersionRecord]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { list in
            for record in records { record.appendJSON(to: &list) }
        }
        return writer.bytes
    }
}
