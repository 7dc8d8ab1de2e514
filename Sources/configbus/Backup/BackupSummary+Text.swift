import ConfigBackup
import ConfigModel

extension BackupSummary {
    /// What is in it, in one line.
    var contents: String {
        guard header.hasAccess else { return contentsWithoutAccess }
        let counts = trailer.counts
        return
            "\(contentsWithoutAccess), \(Count.text(counts.tokens, "token")), \(Count.text(counts.denials, "denial"))"
    }

    /// The same but for identities.
    var contentsWithoutAccess: String {
        let counts = trailer.counts
        var parts = [Count.text(counts.documents, "document"), Count.text(counts.versions, "version")]
        if counts.anchors > 0 { parts.append(Count.text(counts.anchors, "audit anchor")) }
        return parts.joined(separator: ", ")
    }

    /// What it is of.
    var origin: String { "registry \(header.registry), epoch \(header.epoch), \(header.at)" }

    /// For programs.
    var json: JSONValue {
        let counts = trailer.counts
        var object = JSONObject()
        object["registry"] = .string(header.registry)
        object["epoch"] = .string(header.epoch.description)
        object["at"] = .string(header.at.description)
        object["documents"] = .number(JSONNumber(counts.documents))
        object["versions"] = .number(JSONNumber(counts.versions))
        object["unsigned"] = .number(JSONNumber(unsigned))
        object["key_ids"] = .array(keyIDs.map { .string($0) })
        object["anchors"] = .number(JSONNumber(counts.anchors))
        object["access"] = .bool(header.hasAccess)
        object["tokens"] = .number(JSONNumber(counts.tokens))
        object["denials"] = .number(JSONNumber(counts.denials))
        object["sha256"] = .string(trailer.checksum)
        return .object(object)
    }
}
