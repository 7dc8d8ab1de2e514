package import ConfigModel

extension AuditCheckpoint {
    /// Reads the text of a checkpoint file.
    package init(parsing bytes: [UInt8]) throws(AuditFault) {
        do {
            let value = try JSONValue(parsing: bytes, limits: JSONLimits(maximumBytes: 4_096, maximumDepth: 1))
            guard case .object(let object) = value else { throw AuditFault(line: nil, "It is not a checkpoint.") }
            try self.init(json: object)
        } catch let fault as AuditFault {
            throw fault
        } catch {
            throw AuditFault(line: nil, "It is not a checkpoint. \(error)")
        }
    }
}
