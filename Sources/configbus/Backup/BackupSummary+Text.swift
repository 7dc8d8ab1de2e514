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
        var versions = Count.text(counts.versions, "version")
        if prunedVersions > 0 { versions += " (\(prunedVersions) older pruned)" }
        var parts = [Count.text(counts.documents, "document"), versions]
        if counts.anchors > 0 { parts.append(Count.text(counts.anchors, "audit anchor")) }
        return parts.joined(separator: ", ")
    }

    /// What it is of.
    var origin: String { "registry \(header.registry), epoch \(header.epoch), \(header.at)" }

    /// What was looked at of the signatures.
    ///
    /// - Parameter hasKeys: trusted keys were named.
    func signatures(hasKeys: Bool) -> String {
        let isChecked = hasKeys ? "signatures checked" : "signatures not checked: --trusted-keys names the keys"
        return unsigned == 0 ? isChecked : "\(isChecked); \(Count.text(unsigned, "version")) unsigned"
    }

    /// For programs, of a backup that was verified.
    func verifiedJSON(hasKeys: Bool) -> JSONValue {
        guard case .object(var object) = json else { return json }
        object["signatures_checked"] = .bool(hasKeys)
        return .object(object)
    }

    /// For programs.
    var json: JSONValue {
        let counts = trailer.counts
        var object = JSONObject()
        object["registry"] = .string(header.registry)
        object["epoch"] = .string(header.epoch.description)
        object["at"] = .string(header.at.description)
        object["documents"] = .number(JSONNumber(counts.documents))
        object["versions"] = .number(JSONNumber(counts.versions))
        object["pruned_versions"] = .number(JSONNumber(prunedVersions))
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
