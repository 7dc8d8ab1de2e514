import ConfigAccess
import ConfigRegistry
import Hummingbird
import NIOCore
import RegistryAPI

extension ServerContext {
    /// Where the request came from, without the port.
    var address: String? { admission?.connection.address ?? channel.remoteAddress?.ipAddress }

    /// The identifier of a token or a denial in the path, percent-encoded.
    var accessID: Substring { parameters["id"] ?? "" }

    /// Does something about identities in the name of the caller.
    ///
    /// - Throws: `Problem`, which says to the caller why it was not done.
    func administering<Value>(
        _ body: (Principal, AccessActor) async throws(AccessError) -> Value
    ) async throws(Problem) -> Value {
        let principal = self.principal ?? .anonymous
        do throws(AccessError) {
            return try await body(principal, AccessActor(principal, address: address))
        } catch {
            throw Problem(error, principal)
        }
    }
}
