package org.voltwin.config.people;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.ServerErrorException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** People of a Keycloak realm, read by a service account with {@code view-users} of {@code realm-management}. */
public final class KeycloakPeople implements PeopleDirectory, AutoCloseable {
    private final Keycloak keycloak;
    private final String realm;

    /**
     * @param server Keycloak's address: {@code http://localhost:8180}
     * @param clientId of the service account
     */
    public KeycloakPeople(URI server, String realm, String clientId, String secret) {
        this.realm = realm;
        this.keycloak = KeycloakBuilder.builder()
                .serverUrl(server.toString())
                .realm(realm)
                .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .clientId(clientId)
                .clientSecret(secret)
                .build();
    }

    @Override
    public List<Person> find(Optional<String> search, int first, int most) {
        return asking(() -> people(search.map(text -> users().search(text, first, most, true))
                .orElseGet(() -> users().list(first, most))));
    }

    @Override
    public Optional<Person> named(String userName) {
        return asking(
                () -> people(users().searchByUsername(userName, true)).stream().findFirst());
    }

    private UsersResource users() {
        return keycloak.realm(realm).users();
    }

    /** Service accounts are no people. */
    private List<Person> people(List<UserRepresentation> found) {
        return found.stream()
                .filter(user -> user.getServiceAccountClientId() == null)
                .map(this::person)
                .toList();
    }

    private Person person(UserRepresentation user) {
        UserResource resource = users().get(user.getId());
        return new Person(
                user.getId(),
                user.getUsername(),
                Stream.of(user.getFirstName(), user.getLastName())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")),
                Boolean.TRUE.equals(user.isEnabled()),
                resource.groups().stream()
                        .map(GroupRepresentation::getPath)
                        .sorted()
                        .toList(),
                resource.roles().realmLevel().listEffective().stream()
                        .map(RoleRepresentation::getName)
                        .sorted()
                        .toList());
    }

    private <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (ClientErrorException e) {
            throw new RefusedException(Failure.permanent(
                    "people.refused",
                    "Keycloak does not let Voltwin read the people of realm " + realm + ": " + e.getMessage() + ".",
                    "Give the rooms' service account the role view-users of the client realm-management."));
        } catch (ServerErrorException | ProcessingException e) {
            throw new RefusedException(Failure.passing(
                    "people.unavailable",
                    "Keycloak cannot be asked for people: " + e.getMessage() + ".",
                    "Try again in a few seconds; ./voltwin status shows whether Keycloak is up."));
        }
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
