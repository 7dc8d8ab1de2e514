import ConfigModel
import RegistryAPI

extension RegistryClient {
    /// Reads a response, and says of which registry when it cannot be read.
    func decoded<Value>(_ read: () throws(InvalidResponse) -> Value) throws(RegistryClientError) -> Value {
        do {
            return try read()
        } catch {
            throw refusal(error.what)
        }
    }

    /// What came is not what a registry answers.
    func refusal(_ what: String) -> RegistryClientError { .invalidAnswer(from: url, what) }

    /// A record of a document; its hashes were recomputed.
    ///
    /// - Parameter content: the record's, where the response may come without it.
    func record(
        from response: RegistryResponse, of key: DocumentKey, content: Content? = nil
    ) throws(RegistryClientError) -> VersionRecord {
        let record = try decoded { () throws(InvalidResponse) in
            try ResponseJSON.record(try ResponseJSON.object(response.body), content: content)
        }
        guard record.key == key else { throw refusal("a record of another document") }
        return record
    }

    /// The lie that would matter: an older version than the one that was requested.
    func refuseOlder(
        version: Int64, in epoch: Epoch, than minimum: Int64?, in wanted: Epoch?
    ) throws(RegistryClientError) {
        guard let minimum, epoch == wanted ?? epoch, version < minimum else { return }
        throw refusal("version \(version) where at least \(minimum) was asked for")
    }
}
