import HTTPTypes
import TestSupport
import Testing

@testable import RegistryServer

/// `GET /openapi.yaml`.
@Suite(.timeLimit(.minutes(1))) struct OpenAPIRouteTests {
    @Test func theDescriptionOfTheRepositoryIsServedWithoutACredential() async throws {
        try await AccessServer.run { server in
            let answer = try await server.call(.get, "/openapi.yaml", token: "none")
            #expect(answer.status == 200 && answer.header("Content-Type") == "application/yaml")
            #expect(answer.text == (try APIDescription().text))
        }
    }
}
