import ConfigAccess
import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

/// `GET /openapi.yaml`: what this registry answers to.
struct DescriptionRoutes: Sendable {
    /// RFC 9512.
    private static let mediaType = "application/yaml"

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.description, .probe) { request, context in
            _ = try request.query([])
            try context.authorise(.registry)
            return Response(
                status: .ok, headers: [.contentType: Self.mediaType, .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_yaml)))
        }
    }
}
