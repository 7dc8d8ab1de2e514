package import ConfigModel

/// `GET` and `PUT /api/audit/anchors/{log}`: the newest checkpoint of an audit log.
package enum AnchorRequest {
    /// The request for the checkpoint of a log.
    package static func get(_ log: String) -> RegistryRequest {
        RegistryRequest(path: APIPath.anchor(of: log), maximumResponse: APILimits.checkpoint)
    }

    /// The request to keep a checkpoint of a log.
    ///
    /// - Parameters:
    ///   - log: the name of the log.
    ///   - checkpoint: the bytes as the audit signed them.
    package static func put(_ log: String, _ checkpoint: [UInt8]) -> RegistryRequest {
        var request = RegistryRequest(
            method: .put, path: APIPath.anchor(of: log), maximumResponse: APILimits.checkpoint)
        request.setJSON(checkpoint)
        return request
    }

    /// Reads the name of a log in a path.
    package static func log(inPath name: Substring) throws(Problem) -> String {
        do {
            return try NameRule.environment.check(String(name))
        } catch {
            throw Problem(.invalidName, "The name of an audit log must match \(NameRule.environment.pattern).")
        }
    }

    /// Reads a checkpoint; its signature is not verified.
    package static func checkpoint(_ bytes: [UInt8]) throws(Problem) -> AuditCheckpoint {
        let value: JSONValue
        do {
            value = try JSONValue(
                parsing: bytes, limits: JSONLimits(maximumBytes: APILimits.checkpoint, maximumDepth: 1))
        } catch {
            throw Problem(.invalidJSON, "A checkpoint is a flat JSON object. \(error)")
        }
        guard case .object(let object) = value else { throw Problem(.notAnObject, "A checkpoint is a JSON object.") }
        do {
            return try AuditCheckpoint(json: object)
        } catch {
            throw Problem(.invalidField, "This is not a checkpoint of an audit log: \(error)")
        }
    }
}
