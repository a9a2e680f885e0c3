package org.voltwin.standalone.edge.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;

/** Makes HiveMQ ask {@link UserSignIn} about every client. */
final class SignInExtension implements ExtensionMain {

    private final UserSignIn signIn;

    SignInExtension(UserSignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.securityRegistry().setAuthenticatorProvider(provider -> signIn);
    }

    /** Nothing to stop: the broker ends with the process. */
    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
}
