import ConfigModel

extension RegistryClient {
    var answers: AnswerReader { AnswerReader(url: url) }

    /// A record of a document; its hashes were recomputed.
    ///
    /// - Parameter content: the record's, where the answer may come without it.
    func record(
        from response: RegistryResponse, of key: DocumentKey, content: Content? = nil
    ) throws(RegistryClientError) -> VersionRecord {
        try record(from: try answers.object(response.body), of: key, content: content)
    }

    func record(
        from object: JSONObject, of key: DocumentKey, content: Content? = nil
    ) throws(RegistryClientError) -> VersionRecord {
        let record = try record(from: object, content: content)
        guard record.key == key else { throw answers.refusal("a record of another document") }
        return record
    }

    /// A list of records; their hashes were recomputed.
    func records(from response: RegistryResponse) throws(RegistryClientError) -> [VersionRecord] {
        var records: [VersionRecord] = []
        for object in try answers.objects(response.body) { records.append(try record(from: object)) }
        return records
    }

    private func record(
        from object: JSONObject, content: Content? = nil
    ) throws(RegistryClientError) -> VersionRecord {
        do {
            return try VersionRecord(json: .object(object), content: content)
        } catch {
            throw answers.refusal("a record that does not hold. \(error)")
        }
    }
}
