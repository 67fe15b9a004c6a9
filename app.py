"""MNIST Lab: watch a linear model learn to read digits. Start it with `streamlit run app.py`."""

if __name__ == "__main__":  # the training process imports this file once more, and must find nothing to do
    from ui import navigation

    navigation.run()
