package import ConfigStore

extension Registry {
    /// The newest anchor of an audit log; nil when there is none.
    package func anchor(of log: String) async throws(RegistryError) -> AuditAnchor? {
        do throws(StoreError) {
            return try await wholeStore.anchor(of: log)
        } catch {
            throw RegistryError(reading: error)
        }
    }

    /// Keeps an anchor, unless one with as many entries or more is there, and says which is there now. After a failure it
    /// may be there or not; doing it again is harmless.
    package func raiseAnchor(_ anchor: AuditAnchor) async throws(RegistryError) -> AuditAnchor {
        do throws(StoreError) {
            return try await wholeStore.raiseAnchor(anchor)
        } catch {
            throw RegistryError(reading: error)
        }
    }

    /// Gives a log that has an anchor to an identity; false when there is no anchor.
    package func giveAnchor(of log: String, to owner: String) async throws(RegistryError) -> Bool {
        do throws(StoreError) {
            return try await wholeStore.giveAnchor(of: log, to: owner)
        } catch {
            throw RegistryError(reading: error)
        }
    }
}
