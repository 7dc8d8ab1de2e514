import ConfigModel

extension RegistryClient {
    var answers: AnswerReader { AnswerReader(url: url) }

    /// A record of a document; its hashes were recomputed.
    func record(from response: RegistryResponse, of key: DocumentKey) throws(RegistryClientError) -> VersionRecord {
        let record = try record(from: try answers.object(response.body))
        guard record.key == key else { throw answers.refusal("a record of another document") }
        return record
    }

    /// A list of records; their hashes were recomputed.
    func records(from response: RegistryResponse) throws(RegistryClientError) -> [VersionRecord] {
        var records: [VersionRecord] = []
        for object in try answers.objects(response.body) { records.append(try record(from: object)) }
        return records
    }

    private func record(from object: JSONObject) throws(RegistryClientError) -> VersionRecord {
        do {
            return try VersionRecord(json: .object(object))
        } catch {
            throw answers.refusal("a record that does not hold. \(error)")
        }
    }
}
