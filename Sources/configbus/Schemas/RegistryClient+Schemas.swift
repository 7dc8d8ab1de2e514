import RegistryAPI
import RegistryClient

extension RegistryClient {
    /// The schema that is in force; nil when there is none.
    func presentSchema(of service: String) async throws -> ServedSchema? {
        do {
            return try await schema(of: service)
        } catch  where error.code == .notFound {
            return nil
        }
    }
}
